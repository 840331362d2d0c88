/** Pieces of the page. */

/** An element that index.html has. */
export function found<K extends keyof HTMLElementTagNameMap>(id: string, tag: K): HTMLElementTagNameMap[K] {
  const element = document.querySelector<HTMLElementTagNameMap[K]>(`${tag}#${id}`);
  if (element === null) throw new Error(`The page has no ${tag} #${id}.`);
  return element;
}

export function made<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...content: readonly (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}

export function button(className: string, content: Node | string, act: () => void): HTMLButtonElement {
  const element = made('button', className, content);
  element.type = 'button';
  element.addEventListener('click', act);
  return element;
}

/** What stands between backticks is code. */
export function prose(text: string): readonly (Node | string)[] {
  return text.split(/`([^`]+)`/u).map((part, index) => (index % 2 === 1 ? made('code', '', part) : part));
}
