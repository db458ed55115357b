const itemsOf = (tree: HTMLElement | null) => [...(tree?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])];
export const itemOf = (tree: HTMLElement | null, field: string) => itemsOf(tree).find((item) => item.dataset.field === field);

interface Keyed {
  readonly item: HTMLElement;
  readonly tree: HTMLElement | null;
  readonly focus: (item: HTMLElement | undefined) => void;
  readonly fold: (close: boolean) => void;
  readonly choose: () => void;
}

/** What the keys of a tree do, by their names. */
export function treeKeys({ item, tree, focus, fold, choose }: Keyed): Record<string, (() => void) | undefined> {
  const expanded = item.getAttribute('aria-expanded');
  const near = (step: number) => {
    const items = itemsOf(tree);
    return items[items.indexOf(item) + step];
  };
  const parent = () => {
    const items = itemsOf(tree);
    const level = Number(item.ariaLevel);
    return items.slice(0, items.indexOf(item)).findLast((one) => Number(one.ariaLevel) < level);
  };
  return {
    ArrowDown: () => focus(near(1)),
    ArrowUp: () => focus(near(-1)),
    Home: () => focus(itemsOf(tree)[0]),
    End: () => focus(itemsOf(tree).at(-1)),
    ArrowRight: () => (expanded === 'false' ? fold(false) : expanded === 'true' ? focus(near(1)) : undefined),
    ArrowLeft: () => (expanded === 'true' ? fold(true) : focus(parent())),
    Enter: choose,
    ' ': choose,
  };
}
