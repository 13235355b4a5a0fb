-- CreateTable
CREATE TABLE "ExportRun" (
    "id" SERIAL NOT NULL,
    "name" TEXT,
    "actor" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "changes" BOOLEAN NOT NULL,
    "folder" TEXT NOT NULL,
    "files" JSONB NOT NULL DEFAULT '[]',
    "takenAt" TIMESTAMPTZ(3),
    "error" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ExportRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExportedRow" (
    "export" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "hash" UUID NOT NULL,

    CONSTRAINT "ExportedRow_pkey" PRIMARY KEY ("export","content","row")
);

-- CreateIndex
CREATE INDEX "ExportRun_name_id_idx" ON "ExportRun"("name", "id");