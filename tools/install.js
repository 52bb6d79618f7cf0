import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.js'

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock
 * @param {string} file
 */
const packagesIn = (file) =>
  /** @type {Lock} */ (JSON.parse(readFileSync(join(root, file), 'utf8'))).packages

/** Whether every package that the lock file names is there, in that version. */
function isInstalled() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false
  const wanted = packagesIn('package-lock.json')
  const held = packagesIn('node_modules/.package-lock.json')
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || held[path]?.version === version || (optional && held[path] === undefined)
  )
}

/** Installs what the lock file names, when it is not there. Throws when that fails. */
export async function ensureInstalled() {
  if (isInstalled()) return
  console.log('Installing the packages that package-lock.json names (a minute or two) …')
  const { code, output } = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    quiet: true
  })
  if (code !== 0) throw new Error(`npm ci failed:\n${output.trim()}`)
}
