-- AlterTable
ALTER TABLE "StaffPreference" ADD COLUMN     "digestOn" DATE;