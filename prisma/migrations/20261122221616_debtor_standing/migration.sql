-- AlterTable
ALTER TABLE "DebtorEntry" ADD COLUMN     "mailboxId" INTEGER;

-- CreateTable
CREATE TABLE "Experiment" (
    "key" TEXT NOT NULL,
    "plan" JSONB NOT NULL,
    "startedOn" DATE NOT NULL,
    "stoppedOn" DATE,

    CONSTRAINT "Experiment_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ExperimentAction" (
    "actionId" INTEGER NOT NULL,
    "experiment" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "on" DATE NOT NULL,

    CONSTRAINT "ExperimentAction_pkey" PRIMARY KEY ("actionId")
);

-- CreateTable
CREATE TABLE "DebtorStanding" (
    "debtorId" INTEGER NOT NULL,
    "balance" DECIMAL(18,3),
    "atRisk" DECIMAL(18,3),
    "invoices" INTEGER NOT NULL,
    "dueOn" DATE,

    CONSTRAINT "DebtorStanding_pkey" PRIMARY KEY ("debtorId")
);

-- CreateIndex
CREATE INDEX "ExperimentAction_experiment_unit_idx" ON "ExperimentAction"("experiment", "unit");
-- Entries that stand know their mailbox, too.
UPDATE "DebtorEntry" SET "mailboxId" = COALESCE(payload ->> 'mailboxId', payload -> 'mail' ->> 'mailboxId')::int;
