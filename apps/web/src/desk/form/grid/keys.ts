/** Of a KeyboardEvent what a key means by. Letters go by `code`: the Russian layout has another `key`. */
export interface Pressed {
  key: string;
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What a key does in the table; undefined: nothing, the browser has it. */
export type KeyDeed =
  | { kind: 'move'; rows: number; columns: number; extend: boolean }
  | { kind: 'jump'; to: 'first' | 'last'; extend: boolean }
  | { kind: 'page'; pages: 1 | -1; extend: boolean }
  | { kind: 'all' }
  | { kind: 'next' }
  /** `text`: what the cell begins with. */
  | { kind: 'edit'; text?: string }
  /** `text`: what is looked for. */
  | { kind: 'choose'; text?: string }
  | { kind: 'clear' }
  | { kind: 'mark' }
  | { kind: 'take' }
  | { kind: 'undo' }
  | { kind: 'redo' };

/** 1C's keys and a spreadsheet's. Copying and pasting are the browser's own events. */
export function deedOfKey(pressed: Pressed): KeyDeed | undefined {
  const { key, code, shiftKey: extend, ctrlKey, metaKey, altKey } = pressed;
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return withControl(pressed);
  switch (key) {
    case 'ArrowUp':
      return { kind: 'move', rows: -1, columns: 0, extend };
    case 'ArrowDown':
      return { kind: 'move', rows: 1, columns: 0, extend };
    case 'ArrowLeft':
      return { kind: 'move', rows: 0, columns: -1, extend: false };
    case 'ArrowRight':
      return { kind: 'move', rows: 0, columns: 1, extend: false };
    case 'PageUp':
      return { kind: 'page', pages: -1, extend };
    case 'PageDown':
      return { kind: 'page', pages: 1, extend };
    case 'Home':
      return { kind: 'jump', to: 'first', extend };
    case 'End':
      return { kind: 'jump', to: 'last', extend };
    case 'Enter':
      return { kind: 'next' };
    case 'F2':
      return { kind: 'edit' };
    case 'F4':
      return extend ? { kind: 'clear' } : { kind: 'choose' };
    case 'F8':
      return { kind: 'take' };
    case 'Delete':
    case 'Backspace':
      return { kind: 'clear' };
    case ' ':
      return { kind: 'mark' };
  }
  if (/^\d$/.test(key)) return { kind: 'edit', text: key };
  if (code !== '' && /^\p{L}$/u.test(key)) return { kind: 'choose', text: key };
  return undefined;
}

function withControl({ code, key, shiftKey }: Pressed): KeyDeed | undefined {
  if (code === 'KeyZ') return { kind: shiftKey ? 'redo' : 'undo' };
  if (code === 'KeyY') return { kind: 'redo' };
  if (code === 'KeyA') return { kind: 'all' };
  if (key === 'Home') return { kind: 'jump', to: 'first', extend: shiftKey };
  if (key === 'End') return { kind: 'jump', to: 'last', extend: shiftKey };
  return undefined;
}
