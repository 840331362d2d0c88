/** Light or dark: as the reader's screen, until the reader says otherwise. */
import { dark, light, shared } from '../../../src/explanation/style.ts';
import { made } from './element.ts';

type Theme = 'light' | 'dark';

const key = 'theme';
const screen = matchMedia('(prefers-color-scheme: dark)');

/** The picture looks as the page does. */
export function beginTheme(toggle: HTMLButtonElement): void {
  document.head.append(made('style', '', `${shared}[data-theme=light]{${light}}[data-theme=dark]{${dark}}`));
  use(chosen() ?? ofScreen());
  screen.addEventListener('change', () => { use(chosen() ?? ofScreen()); });
  toggle.addEventListener('click', () => {
    const other = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    remember(other);
    use(other);
  });
}

function use(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

function ofScreen(): Theme {
  return screen.matches ? 'dark' : 'light';
}

/** A reader may have forbidden pages to remember. */
function chosen(): Theme | undefined {
  try {
    const known = localStorage.getItem(key);
    return known === 'light' || known === 'dark' ? known : undefined;
  } catch {
    return undefined;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Then it holds until the page is left.
  }
}
