import {
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  BookOutlined,
  CalendarOutlined,
  CarryOutOutlined,
  IdcardOutlined,
  CommentOutlined,
  ExperimentOutlined,
  FileSearchOutlined,
  FormOutlined,
  NotificationOutlined,
  FileTextOutlined,
  ReadOutlined,
  SettingOutlined,
  SnippetsOutlined,
  SolutionOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { type ComponentType, lazy, type ReactNode } from 'react';

import type { Permission } from '../api/session';
import { texts } from '../texts';

/** The parts of the navigation, in its order. */
export const GROUPS = ['requests', 'students', 'knowledge', 'postings', 'reports', 'administration', 'own'] as const;

export interface PageEntry {
  path: string;
  name: string;
  group: (typeof GROUPS)[number];
  icon: ReactNode;
  /** Who may not do this does not see the page; the server refuses in any case. */
  needs: Permission;
  view: ComponentType;
}

/** Every page of the console; the navigation shows them by group, in this order. Each is loaded when it is first opened. */
export const PAGES: readonly PageEntry[] = [
  {
    path: '/tickets',
    name: texts.shell.inbox,
    group: 'requests',
    icon: <CommentOutlined />,
    needs: 'tickets_read',
    view: lazy(() => import('../views/inbox/Inbox')),
  },
  {
    path: '/canned',
    name: texts.shell.canned,
    group: 'requests',
    icon: <SnippetsOutlined />,
    needs: 'canned_read',
    view: lazy(() => import('../views/canned/CannedPage')),
  },
  {
    path: '/deadlines',
    name: texts.shell.deadlines,
    group: 'requests',
    icon: <CalendarOutlined />,
    needs: 'tickets_read',
    view: lazy(() => import('../views/deadlines/DeadlinesPage')),
  },
  {
    path: '/graduates',
    name: texts.shell.graduates,
    group: 'students',
    icon: <IdcardOutlined />,
    needs: 'care_read',
    view: lazy(() => import('../views/graduates/GraduatesPage')),
  },
  {
    path: '/surveys',
    name: texts.surveys.title,
    group: 'students',
    icon: <FormOutlined />,
    needs: 'surveys_read',
    view: lazy(() => import('../views/surveys/SurveysPage')),
  },
  {
    path: '/trainings',
    name: texts.trainings.title,
    group: 'students',
    icon: <ReadOutlined />,
    needs: 'trainings_read',
    view: lazy(() => import('../views/trainings/TrainingsPage')),
  },
  {
    path: '/knowledge',
    name: texts.shell.knowledge,
    group: 'knowledge',
    icon: <BookOutlined />,
    needs: 'knowledge_read',
    view: lazy(() => import('../views/knowledge/KnowledgePage')),
  },
  {
    path: '/documents',
    name: texts.shell.documents,
    group: 'knowledge',
    icon: <FileTextOutlined />,
    needs: 'knowledge_read',
    view: lazy(() => import('../views/documents/DocumentsPage')),
  },
  {
    path: '/search-test',
    name: texts.shell.searchTest,
    group: 'knowledge',
    icon: <ExperimentOutlined />,
    needs: 'knowledge_read',
    view: lazy(() => import('../views/searchtest/SearchTestPage')),
  },
  {
    path: '/upkeep',
    name: texts.shell.upkeep,
    group: 'knowledge',
    icon: <FileSearchOutlined />,
    needs: 'knowledge_read',
    view: lazy(() => import('../views/upkeep/UpkeepPage')),
  },
  {
    path: '/postings',
    name: texts.shell.postings,
    group: 'postings',
    icon: <SolutionOutlined />,
    needs: 'postings_read',
    view: lazy(() => import('../views/postings/PostingsPage')),
  },
  {
    path: '/fairs',
    name: texts.shell.fairs,
    group: 'postings',
    icon: <CarryOutOutlined />,
    needs: 'fairs_read',
    view: lazy(() => import('../views/fairs/FairsPage')),
  },
  {
    path: '/employers',
    name: texts.shell.employers,
    group: 'postings',
    icon: <BankOutlined />,
    needs: 'employers_read',
    view: lazy(() => import('../views/employers/EmployersPage')),
  },
  {
    path: '/announcements',
    name: texts.shell.announcements,
    group: 'postings',
    icon: <NotificationOutlined />,
    needs: 'announcements_read',
    view: lazy(() => import('../views/announcements/AnnouncementsPage')),
  },
  {
    path: '/reports',
    name: texts.shell.reports,
    group: 'reports',
    icon: <BarChartOutlined />,
    needs: 'reports_read',
    view: lazy(() => import('../views/reports/ReportsPage')),
  },
  {
    path: '/staff',
    name: texts.shell.staff,
    group: 'administration',
    icon: <TeamOutlined />,
    needs: 'staff_leave',
    view: lazy(() => import('../views/staff/StaffPage')),
  },
  {
    path: '/audit',
    name: texts.shell.audit,
    group: 'administration',
    icon: <AuditOutlined />,
    needs: 'audit_read',
    view: lazy(() => import('../views/audit/AuditPage')),
  },
  {
    path: '/deliveries',
    name: texts.shell.deliveries,
    group: 'administration',
    icon: <BellOutlined />,
    needs: 'deliveries_read',
    view: lazy(() => import('../views/deliveries/DeliveriesPage')),
  },
  {
    path: '/settings',
    name: texts.shell.settings,
    group: 'own',
    icon: <SettingOutlined />,
    needs: 'own_account',
    view: lazy(() => import('../views/settings/SettingsPage')),
  },
];
