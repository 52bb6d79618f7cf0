import { parentPort, workerData } from 'node:worker_threads'
import { fileTasks, type FileTasks } from './file-tasks.ts'

/** A thread of its own for one task; whatever it throws ends it. */
const { task, given } = workerData as { task: keyof FileTasks; given: never }
parentPort?.postMessage(fileTasks[task](given))
