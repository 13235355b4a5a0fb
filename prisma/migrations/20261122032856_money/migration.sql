-- AlterTable
ALTER TABLE "Invoice" ADD COLUMN     "ledgerOpenAmount" DECIMAL(18,3),
ADD COLUMN     "ledgerOpenSince" DATE;

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "bankReference" TEXT,
ADD COLUMN     "charges" DECIMAL(18,3),
ADD COLUMN     "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "endToEndId" TEXT,
ADD COLUMN     "finding" JSONB,
ADD COLUMN     "payerIban" TEXT,
ADD COLUMN     "payerName" TEXT,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'ledger',
ADD COLUMN     "statementId" INTEGER,
ADD COLUMN     "status" TEXT,
ADD COLUMN     "structuredReference" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "PaymentAllocation" ADD COLUMN     "waived" DECIMAL(18,3) NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "BankAccount" (
    "id" SERIAL NOT NULL,
    "administrationId" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BankAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BankStatement" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "openedOn" DATE,
    "opening" DECIMAL(18,3),
    "closedOn" DATE NOT NULL,
    "closing" DECIMAL(18,3),
    "lines" INTEGER NOT NULL,
    "contentKey" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileHash" TEXT NOT NULL,
    "gap" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BankStatement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CurrencyRate" (
    "day" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "rate" DECIMAL(20,8) NOT NULL,

    CONSTRAINT "CurrencyRate_pkey" PRIMARY KEY ("currency","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "BankAccount_number_key" ON "BankAccount"("number");

-- CreateIndex
CREATE INDEX "BankStatement_accountId_closedOn_idx" ON "BankStatement"("accountId", "closedOn");

-- CreateIndex
CREATE UNIQUE INDEX "BankStatement_accountId_contentKey_key" ON "BankStatement"("accountId", "contentKey");

-- CreateIndex
CREATE INDEX "Payment_payerIban_idx" ON "Payment"("payerIban");

-- CreateIndex
CREATE INDEX "Payment_statementId_idx" ON "Payment"("statementId");

-- CreateIndex
CREATE INDEX "Payment_status_idx" ON "Payment"("status");

-- CreateIndex
CREATE INDEX "Payment_endToEndId_idx" ON "Payment"("endToEndId");

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "BankStatement"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankAccount" ADD CONSTRAINT "BankAccount_administrationId_fkey" FOREIGN KEY ("administrationId") REFERENCES "Administration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankStatement" ADD CONSTRAINT "BankStatement_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "BankAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;