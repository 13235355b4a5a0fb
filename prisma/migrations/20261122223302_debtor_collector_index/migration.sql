-- CreateIndex
CREATE INDEX "Debtor_collector_idx" ON "Debtor"("collector");