import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The page names beforehand what the lock and the sign-in are drawn with. The framework would ask for it once the app has
 * begun: a slow tablet would wait for its service worker one more time, and a slow network for one more answer.
 * @typedef {{ readonly file: string, readonly name?: string, readonly isEntry?: boolean, readonly imports?: readonly string[], readonly css?: readonly string[] }} Part
 */

const first = 'lock'

/** @param {Readonly<Record<string, Part>>} parts */
function linksTo(parts) {
  const [key, lock] = Object.entries(parts).find(([, { name }]) => name === first) ?? []
  if (!key || !lock) throw new Error(`the build has no part of the name ${first}`)
  /** The framework's own doors to it. */
  const doors = Object.values(parts).filter(
    ({ isEntry, imports = [] }) => isEntry && imports.length === 1 && imports[0] === key
  )
  return [
    ...[lock, ...doors].map(({ file }) => `<link rel="modulepreload" href="/${file}" />`),
    ...(lock.css ?? []).map(
      (file) => `<link rel="preload" as="style" crossorigin href="/${file}" />`
    )
  ]
}

/**
 * The adapter, whose page names them.
 * @template {{ adapt(builder: import('@sveltejs/kit').Builder): unknown }} A
 * @param {A} adapter
 * @returns {A}
 */
export function namingEarlyFiles(adapter) {
  return {
    ...adapter,
    adapt: (/** @type {import('@sveltejs/kit').Builder} */ builder) =>
      adapter.adapt({
        ...builder,
        async generateFallback(page) {
          await builder.generateFallback(page)
          const manifest = join(builder.getClientDirectory(), '.vite', 'manifest.json')
          /** @type {Record<string, Part>} */
          const parts = JSON.parse(readFileSync(manifest, 'utf8'))
          const links = linksTo(parts)
          const text = readFileSync(page, 'utf8')
          writeFileSync(page, text.replace('</head>', `${links.join('\n')}\n</head>`))
        }
      })
  }
}
