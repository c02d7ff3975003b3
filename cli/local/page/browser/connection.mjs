/* global navigator, setTimeout, getSelection */
import { fromTemplate, part, textSetter } from "./dom.mjs";
import { KeyedList } from "./keyedList.mjs";

/** @typedef {import("../state/pageSnapshot.ts").Snippet} Snippet */

const copiedMilliseconds = 2000;

/**
 * Commands and settings, each with a button that copies it.
 *
 * @param {HTMLElement} element
 * @returns {KeyedList<Snippet>}
 */
export function snippetList(element) {
  return new KeyedList(element, {
    key: ({ title, text }) => `${title} ${text}`,
    create({ title, text }) {
      const item = fromTemplate("snippet");
      const setTexts = textSetter(item);
      setTexts({ title, text });
      const button = part(item, "button");
      button.ariaLabel = `Copy: ${title}`;
      button.addEventListener("click", () => {
        void copy(text, part(item, "pre")).then((copied) => {
          setTexts({ copy: copied ? "Copied" : "Selected" });
          setTimeout(() => {
            setTexts({ copy: "Copy" });
          }, copiedMilliseconds);
        });
      });
      return item;
    },
  });
}

/**
 * @param {string} text
 * @param {HTMLElement} shown
 * @returns {Promise<boolean>} false if the browser does not allow it: then the text is selected
 */
async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(shown);
    return false;
  }
}
