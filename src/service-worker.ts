import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { build, files, version } from '$service-worker'
import { showBadge } from '#lib/device/badge.ts'
import { DoorDatabase } from '#lib/device/database.ts'
import { Databases } from '#lib/device/databases.ts'
import { isOwnFile } from '#lib/device/own-file.ts'
import { unsentIn } from '#lib/device/unsent.ts'
import { syncTag } from '#lib/outbox/background-sync.ts'
import { carry } from '#lib/outbox/carry.ts'

/**
 * Keeps the app's own files, and nothing of anybody, so that the app opens without a network. And it
 * carries what waits to be sent, while the vault is locked or no page is open at all: for that it
 * needs no key, and it can reach none.
 */
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface WorkerScope {
  addEventListener(
    name: 'install' | 'activate' | 'fetch' | 'sync' | 'message',
    listen: (
      event: Extendable & {
        /** Not every engine has it. */
        addRoutes?(rule: object): Promise<void>
        readonly tag?: string
        readonly data?: unknown
        readonly source?: { postMessage(said: unknown): void } | null
      }
    ) => void
  ): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}
const scope = globalThis as unknown as WorkerScope

const shell = '/app.html'
/** It has a script of its own, and comes whole or not at all, whatever becomes of the app. */
const rescue = ['/rescue.js']
/** What only a shop window of apps shows is not needed without a network. */
const needed = files.filter((file) => !file.includes('/screenshots/'))

/** What draws PDFs is nearly as heavy as all the rest, and no visit waits for it: kept once the day is there. */
const later = build.filter((url) => /\.(mjs|wasm)$/.test(url))
const laterCache = 'kotikaynti-later'

// One that is not ours: this version is not installed, and asked for again.
addPlugins([
  {
    cacheWillUpdate: async ({ request, response }) =>
      (await isOwnFile(new URL(request.url).pathname, response)) ? response : null
  }
])
precacheAndRoute([
  ...build.filter((url) => !later.includes(url)).map((url) => ({ url, revision: null })),
  ...[...needed, ...rescue, shell].map((url) => ({ url, revision: version }))
])
cleanupOutdatedCaches()
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/rescue.html'), { allowlist: [/^\/rescue$/] })
)
registerRoute(new NavigationRoute(createHandlerBoundToURL(shell), { denylist: [/^\/api\//] }))

registerRoute(
  ({ url }) => later.includes(url.pathname),
  async ({ url: { pathname } }) => {
    const cache = await caches.open(laterCache)
    const kept = () => cache.match(pathname, { ignoreVary: true })
    if (!(await kept())) await fetchInto(cache, pathname)
    return (await kept()) ?? Response.error()
  }
)

/**
 * A page that the former version began may ask for scripts that are gone. One that shows nothing yet is
 * loaded anew, once; any other is told of the new version, and goes when its words are sealed.
 */
const gone = `const [{ type }] = performance.getEntriesByType('navigation')
if (!document.querySelector('.boot main') && type !== 'reload') {
  location.reload()
  await new Promise(() => {})
}
throw new Error('of a former version')`

registerRoute(
  ({ url, request }) =>
    request.destination === 'script' && /^\/_app\/immutable\/.*\.js$/.test(url.pathname),
  async ({ request }) => {
    const answer = await fetch(request).catch(() => null)
    if (answer?.ok) return answer
    return new Response(gone, { headers: { 'Content-Type': 'text/javascript' } })
  }
)

async function fetchInto(cache: Cache, path: string): Promise<void> {
  const answer = await fetch(path)
  if (await isOwnFile(path, answer)) await cache.put(path, answer)
}

/** Their names hold their hashes: what is there already is never fetched again, and older ones go. */
async function keepLater(): Promise<void> {
  const cache = await caches.open(laterCache)
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname)
  await Promise.all(
    later.filter((path) => !kept.includes(path)).map((path) => fetchInto(cache, path))
  )
  const gone = kept.filter((path) => !later.includes(path))
  await Promise.all(gone.map((path) => cache.delete(path)))
}

// Nothing that is asked of the server is for this worker: where the engine lets it, the way there is not through it.
scope.addEventListener('install', (event) => {
  const rule = { condition: { urlPattern: { pathname: '/api/*' } }, source: 'network' }
  if (event.addRoutes) event.waitUntil(event.addRoutes(rule).catch(() => undefined))
})

const door = new DoorDatabase()
const databases = new Databases()

/** True when nothing waits any more. */
async function carryAll(): Promise<boolean> {
  let empty = true
  let unsent = 0
  for (const device of await door.vaults.toCollection().primaryKeys()) {
    const { state } = await carry(databases.of(device), door, device, { resting: true }, true)
    empty &&= state === 'empty'
    unsent += (await unsentIn(databases.of(device))).waiting
  }
  showBadge(unsent)
  return empty
}

const entryIn = (said: unknown): string => String((said as { readonly entry?: unknown }).entry)

const isAsked = (said: unknown, type: string): boolean =>
  typeof said === 'object' && said !== null && 'type' in said && said.type === type

// The page that brought it is its own at once: else nobody would tell that page of the next version.
// What waits is not sent here: until this is done no page loads, and a slow network would hold them all up.
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))

let letGo: () => void = () => undefined
const isLetGo = new Promise<false>((resolve) => {
  letGo = () => {
    resolve(false)
  }
})

/**
 * The browser keeps this worker awake for its work, but no newer version waits for it: what is cut short
 * is carried on by that one. Chromium lets an active worker that is busy stay for five minutes.
 */
const during = <T>(work: Promise<T>): Promise<T | false> => Promise.race([work, isLetGo])

scope.addEventListener('sync', (event) => {
  if (event.tag !== syncTag) return
  const carried = during(carryAll()).then((empty) => {
    // The browser tries again later only when it hears of a failure.
    if (!empty) throw new Error('something waits still')
  })
  event.waitUntil(carried)
})

scope.addEventListener('message', (event) => {
  if (isAsked(event.data, 'skip-waiting')) event.waitUntil(scope.skipWaiting())
  if (isAsked(event.data, 'let-go')) letGo()
  if (isAsked(event.data, 'deliver')) event.waitUntil(during(carryAll()))
  // A page that was on its way when this version took over has the former one's scripts.
  if (isAsked(event.data, 'is-yours') && !build.includes(entryIn(event.data)))
    event.source?.postMessage('not-mine')
  // Without a network it is asked again at the next unlocking.
  if (isAsked(event.data, 'keep-later')) event.waitUntil(during(keepLater().catch(() => undefined)))
})

// Whatever woke this worker, there may be a network now. Not before it is in charge: a version that
// only waits must not upgrade what the one in charge writes.
// The page that woke it comes first: what that page reads would wait for the same disk and the same processor.
const comeFirstMilliseconds = 2000
let isAwake = false
scope.addEventListener('fetch', (event) => {
  if (isAwake) return
  isAwake = true
  const rested = new Promise((resolve) => setTimeout(resolve, comeFirstMilliseconds))
  event.waitUntil(during(rested.then(carryAll).catch(() => undefined)))
})
