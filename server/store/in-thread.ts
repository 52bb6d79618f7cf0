import { Worker } from 'node:worker_threads'
import type { FileTasks } from './file-tasks.ts'

/** Does the task beside the event loop, which goes on answering. */
export function inThread<K extends keyof FileTasks>(
  task: K,
  given: Parameters<FileTasks[K]>[0]
): Promise<ReturnType<FileTasks[K]>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
      workerData: { task, given }
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('a task ended without an answer')))
  })
}
