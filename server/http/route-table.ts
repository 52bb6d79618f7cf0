export interface MountedRoute {
  readonly method: string
  /** As mounted, `/api/devices/:id`: what a log may say of a request. */
  readonly pattern: string
}

/** The mounted routes, so that a wrong method is told from a wrong address. */
export class RouteTable {
  readonly routes: readonly MountedRoute[]
  /** By how they begin: every request asks, and there are many routes. */
  readonly #shapes: ReadonlyMap<string, readonly { shape: RegExp; route: MountedRoute }[]>

  constructor(app: { readonly routes: readonly { method: string; path: string }[] }) {
    this.routes = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => ({ method, pattern: path }))
    const shapes = this.routes.map((route) => ({
      shape: new RegExp(`^${route.pattern.replaceAll('.', '\\.').replace(/:[^/]+/g, '[^/]+')}$`),
      route
    }))
    this.#shapes = Map.groupBy(shapes, ({ route }) => beginningOf(route.pattern))
  }

  at(path: string): { pattern: string | null; allowed: string[] } {
    const like = this.#shapes.get(beginningOf(path)) ?? []
    const met = like.filter(({ shape }) => shape.test(path)).map(({ route }) => route)
    return { pattern: met[0]?.pattern ?? null, allowed: [...new Set(met.map((r) => r.method))] }
  }
}

/** Its first words, which no route leaves open, and how many follow. */
function beginningOf(path: string): string {
  const words = path.split('/')
  return `${words[2] ?? ''} ${words.length}`
}
