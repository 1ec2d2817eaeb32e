import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

interface PickPanelProps {
  /** Begins the ids of its parts; one panel of a name is open at a time. */
  readonly name: string;
  readonly label: string;
  readonly listLabel: string;
  readonly placeholder: string;
  readonly className: string;
  readonly style?: CSSProperties;
  readonly text: string;
  /** Which of the options Enter chooses. */
  readonly active: number;
  readonly count: number;
  onText(text: string): void;
  onActive(index: number): void;
  onChoose(index: number): void;
  onClose(): void;
  /** The options, each an `Option`. */
  readonly children: ReactNode;
}

/** A field to type in, over a list of what it finds: arrows go through it, Enter chooses, Escape and a press elsewhere close. */
export function PickPanel(props: PickPanelProps): ReactNode {
  const { name, label, listLabel, placeholder, className, style, text, active, count } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) props.onActive((active + step + count) % Math.max(1, count));
    else if (event.key === "Enter") props.onChoose(active);
    else if (event.key === "Escape" || event.key === "Tab") props.onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={className}
      role="dialog"
      aria-label={label}
      style={style}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) props.onClose();
      }}
    >
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${name}-list`}
        aria-activedescendant={active < count ? `${name}-${active}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          props.onText(event.target.value);
          props.onActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${name}-list`} className="search-list" role="listbox" aria-label={listLabel} data-scrolls>
        {props.children}
      </ul>
    </div>
  );
}

interface OptionProps {
  readonly id?: string;
  readonly isActive: boolean;
  readonly children: ReactNode;
  onHover?(): void;
  onChoose(): void;
}

/** One thing to choose; it is scrolled to when the arrows come to it. */
export function Option({ id, isActive, children, onHover, onChoose }: OptionProps): ReactNode {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    <li
      ref={row}
      id={id}
      className="search-item"
      role="option"
      aria-selected={isActive}
      onPointerMove={onHover}
      onPointerDown={(event) => {
        event.preventDefault();
        onChoose();
      }}
    >
      {children}
    </li>
  );
}
