// In the place of is-in-ci: see build.mjs.
export default false
