/* global document */
import { localTimeOfDay, timeOfDay } from "./amounts.mjs";

/**
 * The element that matches the selector; the HTML of the page contains it.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function part(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`The page has no element ${selector}.`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * A new element from the template with that name.
 *
 * @param {string} name
 * @returns {HTMLElement}
 */
export function fromTemplate(name) {
  const template = /** @type {HTMLTemplateElement} */ (part(document, `#${name}-template`));
  const content = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  return part(content, "*");
}

/**
 * Returns a function that sets the text of the elements with a `data-text` attribute, by its value. It
 * never sets HTML: records, keys and messages are not trusted.
 *
 * @param {ParentNode} root
 * @returns {(values: Readonly<Record<string, string>>) => void}
 */
export function textSetter(root) {
  const elements = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-text]")]);
  return (values) => {
    for (const element of elements) {
      const text = values[element.dataset.text ?? ""];
      // Setting the same text again would lose the selection, and screen readers would repeat it.
      if (text !== undefined && element.textContent !== text) element.textContent = text;
    }
  };
}

/**
 * Shows a time in UTC; a pointer over it shows it by the clock of the reader.
 *
 * @param {HTMLElement} element a `time` element
 * @param {number} at milliseconds since 1970
 */
export function setTime(element, at) {
  /** @type {HTMLTimeElement} */ (element).dateTime = new Date(at).toISOString();
  element.textContent = timeOfDay(at);
  element.title = localTimeOfDay(at);
}
