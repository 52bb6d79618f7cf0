import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import type { Demo } from '#contract/demo.ts'
import type { Clock } from '#server/clock.ts'
import type { Config } from '#server/config.ts'
import { keyPlaceOf } from '#server/keys/key-copies.ts'
import type { Log } from '#server/log.ts'
import { loadOrMakeRootKey } from '#server/keys/first-root-key.ts'
import { openKeyStore } from '#server/keys/key-store.ts'
import { Meters } from '#server/meters/meters.ts'
import { openStore } from '#server/store/store.ts'
import { clientFiles } from '#server/http/client-files.ts'
import { convert } from '#server/http/converter.ts'
import { demoRoutes } from '#server/http/practice-sign-ins.ts'
import { recordActs } from '#server/http/record-acts.ts'
import { gate } from '#server/http/gate.ts'
import { securityHeaders } from '#server/http/headers.ts'
import { healthRoutes } from '#server/http/health.ts'
import { measure } from '#server/http/measure.ts'
import { openapiRoutes } from '#server/http/openapi.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem, problemResponse } from '#server/http/problem.ts'
import { RouteTable, type MountedRoute } from '#server/http/route-table.ts'
import { contactRoutes } from '#server/contacts/routes.ts'
import { noticeRoutes } from '#server/notices/routes.ts'
import { assignmentRoutes } from '#server/assignments/routes.ts'
import { authRoutes } from '#server/auth/routes.ts'
import { customershipRoutes } from '#server/customerships/routes.ts'
import { countLines, watchSituation } from '#server/customerships/situation.ts'
import { decisionRoutes } from '#server/decisions/routes.ts'
import { deviceRoutes } from '#server/devices/routes.ts'
import { disclosureLogRoutes } from '#server/disclosures/log/routes.ts'
import { disclosureRoutes } from '#server/disclosures/routes.ts'
import { documentRoutes } from '#server/documents/routes.ts'
import { answerRoutes } from '#server/rights/answers/routes.ts'
import { incidentRoutes } from '#server/incidents/routes.ts'
import { importRoutes } from '#server/import/routes.ts'
import { Bell } from '#server/live/bell.ts'
import { liveRoutes } from '#server/live/routes.ts'
import { readOverdue, readOverdueFor } from '#server/logs/reviews/read-reviews.ts'
import { reviewRoutes } from '#server/logs/reviews/routes.ts'
import { logRoutes } from '#server/logs/routes.ts'
import { metricsRoutes } from '#server/metrics/routes.ts'
import { noteRoutes } from '#server/notes/routes.ts'
import { oversightRoutes } from '#server/oversight/routes.ts'
import { organisationRoutes } from '#server/organisation/routes.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'
import { readLatePrints } from '#server/prints/late-prints.ts'
import { printRoutes } from '#server/prints/routes.ts'
import { profileRoutes } from '#server/profiles/routes.ts'
import { summaryRoutes } from '#server/summaries/routes.ts'
import { statisticsRoutes } from '#server/statistics/routes.ts'
import { countAlarms } from '#server/transfers/count-alarms.ts'
import { keepLedger } from '#server/transfers/keep-ledger.ts'
import { transferRoutes } from '#server/transfers/routes.ts'
import { userRoutes } from '#server/users/routes.ts'
import { visitRoutes } from '#server/visits/routes.ts'
import { confirmPurges } from '#server/ending/confirm-purges.ts'
import { certificateRoutes } from '#server/ending/certificates/routes.ts'
import { endingRoutes } from '#server/ending/routes.ts'
import { readRunning } from '#server/rights/read-requests.ts'
import { rightsRoutes } from '#server/rights/routes.ts'
import { createJobs, type Jobs } from '#server/jobs/run.ts'
import { heldRoutes } from '#server/sync/held/routes.ts'
import { syncRoutes } from '#server/sync/routes.ts'

export interface App {
  fetch(request: Request, env?: unknown): Response | Promise<Response>
  readonly parts: Parts
  readonly routes: readonly MountedRoute[]
  readonly jobs: Jobs
  /** Before the port is closed: lines that only listen would hold it open. */
  hangUp(): void
  close(): Promise<void>
}

const root = new URL('../', import.meta.url)
const packageFile = readFileSync(new URL('package.json', root), 'utf8')
const { version } = JSON.parse(packageFile) as { version: string }

async function openParts(o: { config: Config; clock: Clock; log: Log }): Promise<Parts> {
  const { config, clock, log } = o
  const { keysBackupFolder, dataFolder } = config
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const rootKey = loadOrMakeRootKey(config.rootKey, config)
  const keyStore = await openKeyStore({ ...keyPlaceOf(config), rootKey, clock })
  try {
    const store = await openStore({
      folder: dataFolder,
      databaseUrl: config.databaseUrl,
      keyStore,
      clock,
      suppressionCopies: keysBackupFolder === null ? [] : [keysBackupFolder]
    })
    return { config, clock, log, keyStore, store, version, meters: new Meters() }
  } catch (error) {
    keyStore.close()
    throw error
  }
}

/** What is answered before there is an app. */
export function starting(): Response {
  return problemResponse(new Problem('starting', undefined, { 'Retry-After': '2' }))
}

/** The composition root: builds each part once and mounts each word's routes. */
export async function buildApp(o: {
  config: Config
  clock: Clock
  log: Log
  /** Only where practice data is served. */
  signIns?: Demo['signIns']
  clientFolder?: string
}): Promise<App> {
  const parts = await openParts(o)
  const bell = new Bell(parts.store)
  const ledger = keepLedger(parts)
  const watching = watchSituation(parts)
  const app = new Hono<{ Variables: { parts: Parts } }>()
  let routes: RouteTable | null = null
  const table = (): RouteTable => (routes ??= new RouteTable(app))

  app.onError((error, c) => convert(table(), error, c))
  app.notFound((c) => convert(table(), new Problem('not-found'), c))
  app.use('*', async (c, next) => {
    c.set('parts', parts)
    await next()
  })
  app.use('*', measure(table))
  app.use('*', securityHeaders)
  app.use('/api/*', gate(table))
  app.use('/api/*', recordActs(table))

  for (const word of [
    healthRoutes(parts, version),
    metricsRoutes(parts),
    openapiRoutes(version),
    demoRoutes(o.signIns ?? []),
    authRoutes(parts, standardOrganisation),
    userRoutes(parts),
    deviceRoutes(parts, (...purges) => confirmPurges(parts, ...purges)),
    organisationRoutes(parts),
    customershipRoutes(parts, watching, {
      transferAlarms: (user) => countAlarms(ledger, user),
      runningRequests: (user, now) => readRunning(parts.store, user, now),
      latePrints: (now) => readLatePrints(parts.store, now),
      reviewOverdueSince: (user, now) => readOverdueFor(parts.store, user, now)
    }),
    profileRoutes(parts),
    contactRoutes(),
    noticeRoutes(parts),
    incidentRoutes(parts),
    oversightRoutes(parts, {
      papers: () => countLines(watching, 'papers'),
      suggestions: () => countLines(watching, 'suggestions'),
      'late-prints': async (now) =>
        (await readLatePrints(parts.store, now)).reduce((sum, { count }) => sum + count, 0),
      'overdue-reviews': async (now) => ((await readOverdue(parts.store, now)) === null ? 0 : 1)
    }),
    decisionRoutes(parts),
    assignmentRoutes(parts),
    visitRoutes(parts),
    printRoutes(parts),
    documentRoutes(parts),
    importRoutes(parts),
    noteRoutes(parts),
    logRoutes(parts),
    reviewRoutes(parts),
    statisticsRoutes(parts),
    summaryRoutes(parts),
    endingRoutes(parts),
    certificateRoutes(parts),
    rightsRoutes(parts),
    disclosureRoutes(parts),
    disclosureLogRoutes(parts),
    answerRoutes(parts),
    transferRoutes(parts, ledger),
    syncRoutes(parts),
    heldRoutes(parts),
    liveRoutes(parts, bell)
  ])
    app.route('/', word)

  app.route('/', clientFiles(o.clientFolder ?? fileURLToPath(new URL('build', root))))

  return {
    fetch: (request, env) => app.fetch(request, env),
    parts,
    routes: table().routes,
    jobs: createJobs(parts),
    hangUp: () => bell.close(),
    async close() {
      bell.close()
      await parts.store.close()
      parts.keyStore.close()
    }
  }
}
