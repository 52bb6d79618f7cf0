import { askToPersist } from './persist.ts'
import { readSpace, type Space } from './space.ts'

/** How safely the browser keeps what lies here. */
export interface Kept {
  readonly persists: boolean
  /** Null where the browser does not say. */
  readonly space: Space | null
}

export async function readKept(): Promise<Kept> {
  const [persists, space] = await Promise.all([askToPersist(), readSpace()])
  return { persists, space }
}
