import { workerData } from 'node:worker_threads'
import pg from 'pg'
import type { Line, Question, Reply } from './ask-in-turn.ts'

/** A thread of its own, which waits for PostgreSQL while the one that asked waits for it. */

const { url, port, bell } = workerData as Line
let client: pg.Client | null = null

async function connected(): Promise<pg.Client> {
  if (client) return client
  const made = new pg.Client({
    connectionString: url,
    application_name: 'kotikaynti keys',
    connectionTimeoutMillis: 5000,
    // §12: a key that is made, and one that is destroyed, is so on the disk when that is answered.
    options: '-c synchronous_commit=on -c lock_timeout=15000'
  })
  const forget = () => {
    if (client === made) client = null
  }
  made.on('error', forget)
  made.once('end', forget)
  await made.connect()
  client = made
  return made
}

async function answer(questions: readonly Question[]): Promise<Reply> {
  try {
    const asked = await connected()
    await asked.query('begin')
    try {
      let rows: readonly unknown[] = []
      for (const { text, values } of questions)
        rows = (await asked.query(text, values.map(asBuffer))).rows as unknown[]
      await asked.query('commit')
      return { rows }
    } catch (error) {
      await asked.query('rollback')
      throw error
    }
  } catch (error) {
    return { code: codeOf(error) }
  }
}

/** A Buffer crosses to another thread as plain bytes. */
const asBuffer = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value) : value

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'no answer'

port.on('message', (questions: readonly Question[]) => {
  void answer(questions).then((reply) => {
    port.postMessage(reply)
    Atomics.store(bell, 0, 1)
    Atomics.notify(bell, 0)
  })
})
