/** Of a tool's id (`<path of its source>#<name>`), the part that people know it by: what is left when it has gone from the catalogue. */
export function toolName(id: string): string {
  return id.slice(id.lastIndexOf('#') + 1);
}
