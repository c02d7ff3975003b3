/**
 * A list of elements, one for each item. An element remains as long as its item, and so do focus,
 * selection and scroll position.
 *
 * @template Item
 */
export class KeyedList {
  #elements = /** @type {Map<string, HTMLElement>} */ (new Map());
  #list;
  #view;

  /**
   * @param {HTMLElement} list
   * @param {{
   *   key: (item: Item) => string,
   *   create: (item: Item) => HTMLElement,
   *   update?: (element: HTMLElement, item: Item) => void,
   * }} view
   */
  constructor(list, view) {
    this.#list = list;
    this.#view = view;
  }

  /** @param {readonly Item[]} items with unique keys */
  show(items) {
    const { key, create, update } = this.#view;
    const keys = new Set(items.map(key));
    for (const [gone, element] of this.#elements) {
      if (keys.has(gone)) continue;
      element.remove();
      this.#elements.delete(gone);
    }
    let next = this.#list.firstElementChild;
    for (const item of items) {
      const element = this.#elements.get(key(item)) ?? create(item);
      this.#elements.set(key(item), element);
      update?.(element, item);
      if (element === next) next = element.nextElementSibling;
      else this.#list.insertBefore(element, next);
    }
  }
}
