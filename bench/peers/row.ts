/** An entry as every engine keeps it: the same bytes for all. */
export interface Row {
  /** `<customership>/<entry>`: each of them finds one client's entries by the beginning of a key. */
  readonly id: string
  readonly customership: string
  readonly kind: string
  readonly revision: number
  readonly at: string
  readonly by: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What a changed entry says at its beginning, so that it is seen to have arrived. */
export const changeMark = 'Muutos: '

export function isChanged({ data }: Row): boolean {
  const fields = data['fields'] as { readonly observations?: string } | undefined
  return fields?.observations?.startsWith(changeMark) ?? false
}
