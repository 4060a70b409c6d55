import { LitElement } from 'lit';

/**
 * An element of ours draws into the page itself: one style sheet holds for all, labels may refer to each other by id, and
 * codicons need no sheet of their own.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
