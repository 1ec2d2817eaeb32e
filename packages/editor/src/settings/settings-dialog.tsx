import { type ReactNode, useEffect, useId, useState } from "react";
import { Modal } from "../app/modal.tsx";
import { Words } from "../app/words.tsx";
import { enSettings } from "../messages/en-settings.ts";
import { addMessages, t } from "../messages/translate.ts";
import { api, problemText, type Service, type Settings } from "../server/api.ts";
import "./settings.css";

addMessages(enSettings);

type Outcome = { readonly isGood: boolean; readonly text: string };

interface SettingsDialogProps {
  /** The workspace's choice is another one now. */
  onService(service: Service): void;
  onClose(): void;
}

/** Where paid jobs go, the token for them, and whether it works. The token is written and never shown. */
export default function SettingsDialog({ onService, onClose }: SettingsDialogProps): ReactNode {
  const [settings, setSettings] = useState<Settings>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    api.settings().then(setSettings, (error: unknown) => setOutcome({ isGood: false, text: problemText(error) }));
  }, []);
  const attempt = (work: () => Promise<Outcome>): void => {
    // A button that is disabled while it has the focus would take the keys with it.
    if (isBusy) return;
    setBusy(true);
    setOutcome(undefined);
    void work()
      .catch((error: unknown) => ({ isGood: false, text: problemText(error) }))
      .then((next) => {
        setOutcome(next);
        setBusy(false);
      });
  };
  const writeToken = (token: string): void =>
    attempt(async () => {
      setSettings(await api.writeToken(token));
      return { isGood: true, text: t(token === "" ? "settings.token-removed" : "settings.token-kept") };
    });
  const choose = (service: Service): void =>
    attempt(async () => {
      setSettings(await api.chooseService(service));
      onService(service);
      return { isGood: true, text: t("settings.chosen") };
    });
  const test = (): void =>
    attempt(async () => {
      const error = await api.testSettings(settings!.service);
      if (!error) return { isGood: true, text: t("settings.works") };
      return { isGood: false, text: [error.message, error.suggestion].filter(Boolean).join(" ") };
    });
  return (
    <Modal title={t("settings.title")} onClose={onClose}>
      {settings && (
        <>
          <h3>{t("settings.service")}</h3>
          <fieldset className="settings-services">
            <legend className="visually-hidden">{t("settings.service")}</legend>
            {settings.services.map((service) => (
              <label key={service} className="settings-service">
                <input
                  type="radio"
                  name="service"
                  checked={service === settings.service}
                  onChange={() => choose(service)}
                />
                <span>
                  {t(`settings.${service}`)}
                  <small>{t(`settings.${service}-about`)}</small>
                </span>
              </label>
            ))}
          </fieldset>
          {settings.services.length === 1 && (
            <p>
              <Words text={t("settings.only-sandbox")} />
            </p>
          )}
          <h3>{t("settings.token")}</h3>
          <p>{t(`settings.token-${settings.token}`)}</p>
          <TokenForm isKept={settings.token === "configuration"} onToken={writeToken} />
          <h3>{t("settings.connection")}</h3>
          <p>{t("settings.test-hint")}</p>
          <p>
            <button type="button" className="button" onClick={test}>
              {t("settings.test")}
            </button>
          </p>
        </>
      )}
      <p role="status" className={`settings-outcome ${outcome?.isGood === false ? "is-bad" : ""}`}>
        {isBusy ? t("settings.asking") : outcome && <Words text={outcome.text} />}
      </p>
    </Modal>
  );
}

interface TokenFormProps {
  readonly isKept: boolean;
  onToken(token: string): void;
}

function TokenForm({ isKept, onToken }: TokenFormProps): ReactNode {
  const [token, setToken] = useState("");
  const id = useId();
  return (
    <form
      className="settings-token"
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() === "") return;
        onToken(token.trim());
        setToken("");
      }}
    >
      <label htmlFor={id}>{t("settings.new-token")}</label>
      <input
        id={id}
        className="field-input"
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />
      <button type="submit" className="button">
        {t("settings.keep-token")}
      </button>
      {isKept && (
        <button type="button" className="button" onClick={() => onToken("")}>
          {t("settings.remove-token")}
        </button>
      )}
    </form>
  );
}
