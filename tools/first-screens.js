import { fileURLToPath } from 'node:url'

/**
 * What everybody meets first comes in one piece, the lock in one more, and what stands behind it in a third. Cut where other screens happen to share a
 * part, they would be fifty files, each of which a slow tablet asks its service worker for, one after another.
 * @typedef {{ getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }} Graph
 */

const routes = fileURLToPath(new URL('../src/routes/', import.meta.url))
const lib = fileURLToPath(new URL('../src/lib/', import.meta.url))
const pieces = [
  { name: 'boot', screens: [`${routes}+layout.svelte`, `${routes}+layout.ts`] },
  {
    name: 'lock',
    screens: [`${routes}(door)/+layout.svelte`, `${routes}(door)/unlock/+page.svelte`]
  },
  // Whoever finds no lock here asks for both.
  { name: 'asking', screens: [`${lib}session/asking.ts`, `${lib}vault/evicted.ts`] },
  { name: 'open', screens: [`${lib}sync/replica.svelte.ts`, `${lib}outbox/courier.ts`] }
]

/** In the order in which they come: a piece takes along what those before it have not. */
export const firstScreens = pieces.map(({ name }) => name)

/** Styles go where the framework looks for them; its own start is where its page says. */
const isPart = (/** @type {string} */ id) =>
  /\.(?:svelte|[jt]s|mjs)$/.test(id) && !id.includes('/node_modules/@sveltejs/kit/')

/** @param {Graph} graph */
function piecesOf(graph) {
  /** @type {Map<string, string | null>} */
  const found = new Map()
  for (const { name, screens } of pieces) {
    const next = [...screens]
    for (let id = next.pop(); id !== undefined; id = next.pop()) {
      if (found.has(id)) continue
      found.set(id, isPart(id) ? name : null)
      next.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
    }
  }
  return found
}

/** @type {WeakMap<Graph, Map<string, string | null>>} */
const known = new WeakMap()

/** The piece that a module belongs to, by the first screen that imports it; null for what none of them needs. @param {string} id @param {Graph} graph */
export function firstScreen(id, graph) {
  const found = known.get(graph) ?? piecesOf(graph)
  known.set(graph, found)
  return found.get(id) ?? null
}
