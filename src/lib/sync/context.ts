import { createContext } from 'svelte'
import type { Replica } from './replica.svelte.ts'

/** What the open vault holds; null while it is locked. */
export const [useReplicaIfOpen, provideReplica] = createContext<() => Replica | null>()

/** For screens that are drawn only while the vault is open; locking takes them away with it. */
export function useReplica(): Replica {
  const replica = useReplicaIfOpen()()
  if (!replica) throw new Error('the vault is locked')
  return replica
}
