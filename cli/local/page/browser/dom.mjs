/* global document */

/**
 * The element that the page's own HTML is known to have.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function part(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * A new element from the page's template of that name.
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
 * How to set the texts of the places that have a `data-text` now, by that name. Always as text: records,
 * keys and messages come from anybody.
 *
 * @param {ParentNode} root
 * @returns {(texts: Readonly<Record<string, string>>) => void}
 */
export function textsOf(root) {
  const places = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-text]")]);
  return (texts) => {
    for (const place of places) {
      const text = texts[place.dataset.text ?? ""];
      // A text that is set again loses its selection and is announced again.
      if (text !== undefined && place.textContent !== text) place.textContent = text;
    }
  };
}
