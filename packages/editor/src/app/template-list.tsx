import { type ReactNode, useEffect, useState } from "react";
import { t } from "../messages/translate.ts";
import { api, type Template } from "../server/api.ts";
import { Icon } from "./icon.tsx";

/** What shows best what this is for, and runs at once. */
const first: readonly string[] = [
  "remove-spoon",
  "remove-object",
  "replace-object",
  "replace-background",
  "recolour",
  "extend-to-16-9",
  "variations",
];

function rank({ id }: Template): number {
  const place = first.indexOf(id);
  return place >= 0 ? place : first.length;
}

/** The templates, each with what it does in a picture and a sentence, under a heading; nothing while there are none. */
export function TemplateList({ onTemplate }: { onTemplate(id: string): void }): ReactNode {
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  useEffect(() => {
    api.templates().then(
      (found) => setTemplates(found.toSorted((a, b) => rank(a) - rank(b))),
      () => setTemplates([]),
    );
  }, []);
  if (templates.length === 0) return null;
  return (
    <>
      <h2 className="section-title">{t("open.templates")}</h2>
      <div className="templates">
        {templates.map(({ id, name, description, picture }) => (
          <button key={id} type="button" className="template" onClick={() => onTemplate(id)}>
            {picture === undefined ? (
              <span className="picture-none">
                <Icon name="picture" />
              </span>
            ) : (
              <img src={picture} alt="" loading="lazy" />
            )}
            <strong>{name}</strong>
            <small>{description}</small>
          </button>
        ))}
      </div>
    </>
  );
}
