import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { compileModule } from 'svelte/compiler'

/**
 * What Vite does for the tablet's code, so that Node alone can play histories: `node --import` this. Everything
 * else is read as it stands.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'dexie' ? 'dexie/dist/modern/dexie.mjs' : specifier, context),

  load(url, context, next) {
    if (!url.endsWith('.svelte.ts')) return next(url, context)
    const filename = fileURLToPath(url)
    const plain = stripTypeScriptTypes(readFileSync(filename, 'utf8'))
    const { js } = compileModule(plain, { filename, generate: 'server', dev: false })
    return { format: 'module', source: js.code, shortCircuit: true }
  }
})
