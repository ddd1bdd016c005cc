// Runs the bundle beside this file, with the code that V8 compiled when it was built; without it where it does not fit.
// (For the build it only tells how a bundle is wrapped: the cache is checked by the length of the source.)
const { readFileSync } = require('node:fs')
const { Script } = require('node:vm')

exports.wrap = (code) => `(function(exports,require,module,__filename,__dirname){${code}\n})`

const cached = (filename) => {
  try {
    return { cachedData: readFileSync(`${filename}.cache`) }
  } catch {
    return {}
  }
}

if (require.main === module) {
  const filename = `${__filename.slice(0, -'.cjs'.length)}.bundle.cjs`
  const script = new Script(exports.wrap(readFileSync(filename, 'latin1')), { filename, ...cached(filename) })
  script.runInThisContext()(exports, require, module, filename, __dirname)
}
