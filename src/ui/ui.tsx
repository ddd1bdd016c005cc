// What is drawn on a screen: loaded late, and the only way to React and Ink, so that no session loads them. Every export is an
// async function: the loader makes one of whatever it is (scripts/build.mjs).
export { pickTheme } from './picker.tsx'
export { drawFindings } from './report.tsx'
