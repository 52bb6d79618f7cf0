/**
 * What the vault should hold, and a number that rises with every change of it. A value that was
 * taken away, or laid back from an older copy of the disk, does not agree with it and is not used.
 */
export interface Manifest {
  readonly epoch: number
  readonly held: Readonly<Record<string, number>>
}

export interface ManifestChange {
  readonly put?: readonly { readonly id: string; readonly revision: number }[]
  readonly remove?: readonly string[]
}

export const emptyManifest: Manifest = { epoch: 0, held: {} }

export function changed(manifest: Manifest, change: ManifestChange): Manifest {
  const held = new Map(Object.entries(manifest.held))
  for (const { id, revision } of change.put ?? []) held.set(id, revision)
  for (const id of change.remove ?? []) held.delete(id)
  return { epoch: manifest.epoch + 1, held: Object.fromEntries(held) }
}

export function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'epoch' in value &&
    typeof value.epoch === 'number' &&
    'held' in value &&
    typeof value.held === 'object' &&
    value.held !== null
  )
}
