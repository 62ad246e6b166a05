/** Makes elements without a line of HTML text, so that no name of the user's is ever read as markup. */

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function button(className: string, words: string, title: string, pressed: () => void): HTMLButtonElement {
  const made = element('button', className, words);
  made.type = 'button';
  made.title = title;
  made.addEventListener('click', pressed);
  return made;
}

/** Replaces the children only when the words differ, so that readers of the screen are not told the same again. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
