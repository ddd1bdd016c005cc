// The version, from package.json: put in by the bundler, read from the file in a checkout that runs unbundled.
import manifest from '../package.json' with { type: 'json' }

export const version: string = manifest.version
