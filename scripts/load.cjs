// Runs the bundle beside this file, with the code that V8 compiled when it was built; without it where it does not fit.
// (For the build it only tells how a bundle is wrapped: the cache is checked by the length of the source.)
const { readFileSync } = require('node:fs')
const { Script } = require('node:vm')

/** `late` is how a bundle gets at what it loads only when it is needed. */
exports.wrap = (code) => `(function(exports,require,module,__filename,__dirname,late){${code}\n})`

const cached = (filename) => {
  try {
    return { cachedData: readFileSync(`${filename}.cache`) }
  } catch {
    return {}
  }
}

const run = (name) => {
  const filename = `${__dirname}/${name}.bundle.cjs`
  const script = new Script(exports.wrap(readFileSync(filename, 'latin1')), { filename, ...cached(filename) })
  const bundle = { exports: {} }
  script.runInThisContext()(bundle.exports, require, bundle, filename, __dirname, late)
  return bundle.exports
}

const late = { bundle: run, module: (name) => import(`./${name}.mjs`) }

if (require.main === module) run(__filename.slice(__dirname.length + 1, -'.cjs'.length))
