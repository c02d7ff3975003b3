const width = 60;
const height = 20;

/**
 * Draws the records of each of the last 60 seconds as bars, the highest as high as the picture.
 *
 * @param {HTMLElement} svg
 * @param {readonly number[]} history
 */
export function drawHistory(svg, history) {
  const most = Math.max(1, ...history);
  const bars = history.flatMap((records, second) => {
    const bar = Math.max((height * records) / most, 1);
    return records === 0 ? [] : [`M${second + 0.15} ${height}v${-bar}h.7v${bar}z`];
  });
  const path = svg.firstElementChild ?? svg.appendChild(newPath(svg));
  path.setAttribute("d", bars.join(""));
}

/** @param {HTMLElement} svg */
function newPath(svg) {
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  return svg.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "path");
}
