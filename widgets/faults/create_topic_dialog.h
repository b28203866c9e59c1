// SPDX-License-Identifier: GPL-3.0-or-later
// CreateTopicDialog: asks for the name, the partitions and the replication factor of a topic to be created.
//
// What cannot be a name is said beside it in the controller's own words; the controller has the last word.
// Does not block its caller. GUI thread only.
#pragma once

#include "engine/lab/command.h"

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace tideline::widgets {

class CreateTopicDialog : public QDialog
{
    Q_OBJECT
public:
    // `brokers`: of the cluster, the largest replication factor.
    CreateTopicDialog(int brokers, const QString& name, QWidget* parent = nullptr);

signals:
    void topicWanted(const tideline::CreateTopic& topic);

private:
    void judgeName();

    QLineEdit* name_;
    QLabel* fault_;
    QSpinBox* partitions_;
    QSpinBox* replicas_;
    QDialogButtonBox* buttons_;
};

} // namespace tideline::widgets
