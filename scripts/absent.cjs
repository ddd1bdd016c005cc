// Stands for a module that the bundle leaves out: whatever is asked of it can be called or constructed, and does nothing.
module.exports = new Proxy({}, { get: () => class {} })
