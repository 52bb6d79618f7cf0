import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.js'

const sources = [
  'src',
  'contract',
  'static',
  'package.json',
  'package-lock.json',
  'svelte.config.js',
  'vite.config.ts',
  'vite.rescue.config.ts'
]

/** @type {(path: string) => number} */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function isBuilt() {
  const page = join(root, 'build', 'app.html')
  const builtAt = statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return sources.every((source) => newest(join(root, source)) <= builtAt)
}

/** Builds the app when it is missing or older than its sources. Throws when that fails. */
export async function ensureBuilt() {
  if (isBuilt()) return
  console.log('Building the app …')
  const app = await run('vite', ['build'], { quiet: true })
  const rescue = ['build', '--config', 'vite.rescue.config.ts']
  const { code, output } = app.code === 0 ? await run('vite', rescue, { quiet: true }) : app
  if (code === 0 && existsSync(join(root, 'build', 'app.html'))) return
  // Half a build would look like one the next time.
  rmSync(join(root, 'build', 'app.html'), { force: true })
  throw new Error(`The build failed:\n${output.trim()}`)
}
