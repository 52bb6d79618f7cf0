import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { pragmas } from './pragmas.ts'

/** Asked with any message; answers each when the log was written back as far as no reader needs it. */
const { path } = workerData as { path: string }
const file = new Sqlite(path, { fileMustExist: true })
for (const [name, value] of pragmas) file.pragma(`${name} = ${value}`)

parentPort?.on('message', () => {
  // PASSIVE waits for nobody, and nobody who writes waits for it.
  file.pragma('wal_checkpoint(PASSIVE)')
  parentPort?.postMessage('done')
})
