/** Whether the browser promises not to evict what lies here. False is told to the user, never hidden. */
export async function askToPersist(): Promise<boolean> {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist())
  } catch {
    return false
  }
}

/** The same without asking for it; undefined where the browser cannot say. */
export async function isPersisted(): Promise<boolean | undefined> {
  try {
    return await navigator.storage.persisted()
  } catch {
    return undefined
  }
}
