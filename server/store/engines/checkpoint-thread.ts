import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { pragmas } from './pragmas.ts'

/** Asked to write back, it answers when the log was written back as far as no reader needs it; asked to end, it ends. */
const { path } = workerData as { path: string }
const file = new Sqlite(path, { fileMustExist: true })
for (const [name, value] of pragmas) file.pragma(`${name} = ${value}`)

parentPort?.on('message', (asked: 'write back' | 'end') => {
  if (asked === 'end') {
    file.close()
    parentPort?.close()
    return
  }
  // PASSIVE waits for nobody, and nobody who writes waits for it.
  file.pragma('wal_checkpoint(PASSIVE)')
  parentPort?.postMessage('done')
})
