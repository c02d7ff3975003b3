export function ruleFor(days: number) {
  return { id: "expire", status: "Enabled", expiration: { days } };
}
