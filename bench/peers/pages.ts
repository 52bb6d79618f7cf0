import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import { peersFolder } from './packages.ts'

const prefix = 'virtual:peer/'

/** `virtual:peer/rxdb` is the package `rxdb` in the folder of the peers. */
const peers: Plugin = {
  name: 'peers',
  enforce: 'pre',
  resolveId(source) {
    if (!source.startsWith(prefix)) return null
    return this.resolve(source.slice(prefix.length), join(peersFolder(), 'importer.js'), {
      skipSelf: true
    })
  }
}

/** The app's own built worker, found where the app finds it: a script that is handed in has no address of its own. */
const builtWorker: Plugin = {
  name: 'built-worker',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/vault/worker-line.ts')) return null
    const address = `new URL('./worker.ts', import.meta.url)`
    if (!code.includes(address)) throw new Error('the room has another address')
    return code.replace(address, 'globalThis.vaultWorker')
  }
}

async function bundle(entry: URL, format: 'es' | 'iife'): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [peers, builtWorker],
    resolve: {
      alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }]
    },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: {
        input: fileURLToPath(entry),
        output: { format, codeSplitting: false, name: 'handedIn' }
      }
    }
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (!output || !('output' in output)) throw new Error('nothing was built')
  return output.output[0].code
}

/** The folder with an engine's page and its script. */
export async function buildPage(entry: URL): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'peer-page-'))
  await writeFile(join(folder, 'page.js'), await bundle(entry, 'es'))
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><meta charset="utf-8" /><title>Peer</title><script type="module" src="/peer/page.js"></script>'
  )
  return folder
}

/** A script that is handed into a page as text. */
export const buildScript = (entry: URL): Promise<string> => bundle(entry, 'iife')
