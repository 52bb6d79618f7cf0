export interface MountedRoute {
  readonly method: string
  /** As mounted, `/api/devices/:id`: what a log may say of a request. */
  readonly pattern: string
}

/** The mounted routes, so that a wrong method is told from a wrong address. */
export class RouteTable {
  readonly routes: readonly MountedRoute[]
  readonly #shapes: readonly { shape: RegExp; route: MountedRoute }[]

  constructor(app: { readonly routes: readonly { method: string; path: string }[] }) {
    this.routes = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => ({ method, pattern: path }))
    this.#shapes = this.routes.map((route) => ({
      shape: new RegExp(`^${route.pattern.replaceAll('.', '\\.').replace(/:[^/]+/g, '[^/]+')}$`),
      route
    }))
  }

  at(path: string): { pattern: string | null; allowed: string[] } {
    const met = this.#shapes.filter(({ shape }) => shape.test(path)).map(({ route }) => route)
    return { pattern: met[0]?.pattern ?? null, allowed: [...new Set(met.map((r) => r.method))] }
  }
}
