/** What the file chooser offers; what a file is, its own bytes say. */
export const accepted = 'application/pdf,image/jpeg,image/png'

export function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}

/** In the order of their names, as scanners number them. */
export function filesOf({ dataTransfer }: DragEvent): File[] {
  return [...(dataTransfer?.files ?? [])].sort((a, b) =>
    a.name.localeCompare(b.name, 'fi', { numeric: true })
  )
}
