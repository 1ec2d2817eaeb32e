import { type ReactNode, useState } from "react";
import { Modal } from "../app/modal.tsx";
import { dollars } from "../messages/format.ts";
import { enSettings } from "../messages/en-settings.ts";
import { addMessages, t } from "../messages/translate.ts";
import type { RunPlan } from "../server/api.ts";
import "./settings.css";

addMessages(enSettings);

/** What a run may spend at most. */
export interface Caps {
  readonly maxPaid: number;
  readonly budgetUsd?: number;
}

interface PayDialogProps {
  readonly plan: RunPlan;
  /** Whether jobs that were paid before are ordered once more. */
  readonly isAgain: boolean;
  /** Runs it in the sandbox instead, where there is one. */
  readonly onSandbox?: (() => void) | undefined;
  onPay(caps: Caps): void;
  onClose(): void;
}

/** Asks before a run that costs money: how many jobs, what price, what comes from the cache, and how much at most. */
export default function PayDialog({ plan, isAgain, onSandbox, onPay, onClose }: PayDialogProps): ReactNode {
  const { counts, estimateUsd, isExact } = plan;
  const [jobs, setJobs] = useState(String(counts.paid));
  const [budget, setBudget] = useState("");
  const maxPaid = /^\d+$/.test(jobs.trim()) ? Number(jobs) : undefined;
  const budgetUsd = budget.trim() === "" ? undefined : Number(budget);
  const isFit = maxPaid !== undefined && maxPaid > 0 && (budgetUsd === undefined || budgetUsd >= 0);
  return (
    <Modal title={counts.paid === 1 ? t("pay.title-one") : t("pay.title", { count: counts.paid })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isFit) onPay({ maxPaid, ...(budgetUsd !== undefined && { budgetUsd }) });
        }}
      >
        {isAgain && <p>{t("pay.again")}</p>}
        <dl className="pay-facts">
          <dt>{t("pay.jobs")}</dt>
          <dd>{t(isExact ? "pay.jobs-exact" : "pay.jobs-least", { count: counts.paid })}</dd>
          <dt>{t("pay.price")}</dt>
          <dd>{estimateUsd === undefined ? t("pay.unknown") : t("pay.about", { price: dollars(estimateUsd) })}</dd>
          <dt>{t("pay.cached")}</dt>
          <dd>{t("pay.cached-nodes", { count: counts.cached })}</dd>
        </dl>
        <div className="pay-caps">
          <label>
            {t("pay.max")}
            <input
              className="field-input"
              inputMode="numeric"
              value={jobs}
              aria-invalid={maxPaid === undefined || maxPaid === 0}
              onChange={(event) => setJobs(event.target.value)}
            />
          </label>
          <label>
            {t("pay.budget")}
            <input
              className="field-input"
              inputMode="decimal"
              placeholder={t("pay.no-budget")}
              value={budget}
              aria-invalid={budgetUsd !== undefined && !(budgetUsd >= 0)}
              onChange={(event) => setBudget(event.target.value)}
            />
          </label>
        </div>
        <p>{t("pay.hint")}</p>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          {onSandbox && (
            <button type="button" className="button" onClick={onSandbox}>
              {t("pay.sandbox")}
            </button>
          )}
          <button type="submit" className="button is-main" disabled={!isFit} data-autofocus>
            {t("pay.run")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
