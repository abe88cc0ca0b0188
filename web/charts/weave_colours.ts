/**
 * The colours of the weave are custom properties, which `charts.css` defines for light, dark and print. These are the
 * light ones, for a picture that stands alone.
 */
export const lightColours: Readonly<Record<string, string>> = {
  'thread-a-1': '#bbd4ee',
  'thread-a-2': '#90b7df',
  'thread-a-3': '#6899d0',
  'thread-a-4': '#417ac1',
  'thread-a-5': '#305d9d',
  'thread-a-6': '#1f427b',
  'thread-a-7': '#0f285a',
  'thread-b-1': '#eecfa5',
  'thread-b-2': '#ddae79',
  'thread-b-3': '#cc8d4d',
  'thread-b-4': '#bc6a19',
  'thread-b-5': '#9b5119',
  'thread-b-6': '#7b3b15',
  'thread-b-7': '#5b260f',
  'thread-bare': '#b3a993',
  'name-a': '#305d9d',
  'name-b': '#9b5119',
  'thread-light': '#ffffff',
  'thread-ply': '#fffdf88c',
  cloth: '#fffdf8',
  weft: '#d9cfbd',
  'weft-over': '#f6eedd',
  'edge-quiet': '#cfc5b3',
  'stitch-own': '#21332c',
  'stitch-between': '#6d2a5c',
  'stitch-around': '#4a4f57',
  ink: '#3b3a36',
  'ink-quiet': '#6f6a5f',
}

/** A colour as an attribute takes it. */
export const colour = (name: string): string => `var(--${name},${lightColours[name] ?? 'currentColor'})`
