/**
 * Whether a file of the app came from its server. What stands between, a café's or a hospital's portal,
 * answers whatever is asked with a page of its own and 200; kept, it would be our script for good.
 */
export async function isOwnFile(path: string, answer: Response): Promise<boolean> {
  if (!answer.ok || answer.redirected) return false
  const isPage = answer.headers.get('Content-Type')?.startsWith('text/html') ?? false
  if (!path.endsWith('.html')) return !isPage
  // Each of ours wears our icon.
  return (await answer.clone().text()).includes('/icons/icon.svg"')
}
