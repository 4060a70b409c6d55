import { toolName as nameInId } from '../../core/toolName.ts';
import { preview } from '../text/visible.ts';

/** A tool's name out of its id (`<source path>#<name>`), harmless to show. */
export function toolName(id: string): string {
  return preview(nameInId(id));
}
