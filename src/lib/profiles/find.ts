/** Lower case, without marks: who writes "maki" in a hurry finds Mäki. */
function normalised(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('fi')
}

function wordsOf(text: string): string[] {
  return normalised(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

interface Named {
  readonly firstName: string
  readonly lastName: string
  readonly town?: string
}

/** Whom the words mean: each must begin some word of the name or the town. In the order of surnames. */
export function findByName<F extends Named>(faces: readonly F[], query: string): F[] {
  const wanted = wordsOf(query)
  const order = new Intl.Collator('fi')
  return faces
    .filter((face) => {
      const words = wordsOf(`${face.firstName} ${face.lastName} ${face.town ?? ''}`)
      return wanted.every((prefix) => words.some((word) => word.startsWith(prefix)))
    })
    .sort(
      (one, other) =>
        order.compare(one.lastName, other.lastName) || order.compare(one.firstName, other.firstName)
    )
}
