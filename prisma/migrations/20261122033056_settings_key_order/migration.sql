-- AlterTable
ALTER TABLE "SettingsVersion" ALTER COLUMN "content" SET DATA TYPE JSON;